// EXPECT: an exception that nobody catches is named as the signal it is
// STATUS: signal
// SIGNAL: SIGABRT
// PLAIN: skip
#include <stdexcept>
int main() { throw std::runtime_error("nobody catches me"); }
