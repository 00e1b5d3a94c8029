// EXPECT: tier A: the compiler cannot tell whether one of the user's files exists
// STATUS-A: ok
// STATUS-B: ok exit
// PLAIN: escapes
#include <cstdio>
int main() {
#if __has_include("@HOME@/diary.txt")
    std::puts("ESCAPED the diary exists");
#elif __has_include("@HOME@/.keys/private")
    std::puts("ESCAPED the key exists");
#else
    std::puts("BLOCKED");
#endif
}
