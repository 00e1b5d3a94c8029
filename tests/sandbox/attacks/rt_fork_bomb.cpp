// EXPECT: compiled programs cannot make processes without bound either
// STATUS: ok
// PLAIN: skip
#include <cstdio>
#include <unistd.h>
int main() {
    int made = 0;
    for (; made < 600; ++made) {
        pid_t child = fork();
        if (child == 0) { sleep(20); _exit(0); }
        if (child < 0) break;
    }
    std::printf("%s %d\n", made > 200 ? "ESCAPED" : "BLOCKED", made);
}
