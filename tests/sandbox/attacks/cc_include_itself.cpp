// EXPECT: a file that includes itself stops at the compiler's depth
// STATUS: exit output
// PHASE: compile
// PLAIN: skip
#include __FILE__
#include __FILE__
int main() {}
