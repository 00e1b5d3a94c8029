// EXPECT: address space and shared memory of a process are bounded
// STATUS: ok memory
// LIMITS: memory=300
// PLAIN: skip
#include <cstdio>
#include <cstring>
#include <sys/mman.h>
int main() {
    void* whole = mmap(nullptr, 50UL << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    std::puts(whole == MAP_FAILED ? "BLOCKED 50 TiB" : "ESCAPED 50 TiB");
    std::fflush(stdout);
    for (int part = 0; part < 40; ++part) {
        void* shared = mmap(nullptr, 32 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (shared == MAP_FAILED) { std::puts("BLOCKED shared"); return 0; }
        std::memset(shared, 1, 32 << 20);
    }
    std::puts("ESCAPED shared");
}
