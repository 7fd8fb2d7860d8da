using System.Runtime.InteropServices;

namespace ImgApi.Infrastructure.Posix;

/// <summary>
/// A write beyond the file size that the process may make (<c>ulimit -f</c>) sends SIGXFSZ, which would end the process.
/// While an instance lives, the write fails instead, as it does on a full disk.
/// </summary>
internal sealed class FileSizeSignal : IDisposable
{
    private readonly PosixSignalRegistration? _registration = Number is { } number
        ? PosixSignalRegistration.Create((PosixSignal)number, context => context.Cancel = true)
        : null;

    /// <summary>What SIGXFSZ is called here; .NET takes the numbers of signals that it has no name for.</summary>
    private static int? Number =>
        OperatingSystem.IsWindows() ? null
        : OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 25
        : 31;

    public void Dispose() => _registration?.Dispose();
}
