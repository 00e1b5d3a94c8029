// EXPECT: a constant that takes for ever to work out stops the compiler
// STATUS: exit timeout cpu memory
// PHASE: compile
// PLAIN: skip
constexpr unsigned long spin() {
    unsigned long sum = 0;
    for (unsigned long step = 1; step != 0; ++step) sum ^= step;
    return sum;
}
constexpr unsigned long sum = spin();
int main() { return sum & 1; }
