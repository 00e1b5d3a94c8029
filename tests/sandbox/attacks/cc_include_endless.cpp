// EXPECT: a file without end stops the compiler at a limit
// STATUS: exit memory timeout cpu signal
// PHASE: compile
// PLAIN: skip
#include </dev/zero>
int main() {}
