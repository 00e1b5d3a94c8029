// EXPECT: the preprocessor sees no environment of the app
// STATUS: ok exit
// PHASE: compile
// PLAIN: harmless
#include "/proc/self/environ"
#include "/proc/1/environ"
int main() {}
