// EXPECT: a pointer to nothing is named as the signal it is
// STATUS: signal
// SIGNAL: SIGSEGV
// PLAIN: skip
int main() { *static_cast<volatile int*>(nullptr) = 3; }
