using System.Runtime.InteropServices;

namespace ImgApi.Infrastructure.Posix;

/// <summary>
/// Ignores SIGXFSZ until it is disposed: a write beyond the process's file size limit (<c>ulimit -f</c>) then fails, as on a full disk, instead of
/// ending the process.
/// </summary>
internal sealed class FileSizeSignal : IDisposable
{
    private readonly PosixSignalRegistration? _registration = Number is { } number
        ? PosixSignalRegistration.Create((PosixSignal)number, context => context.Cancel = true)
        : null;

    /// <summary>The number of SIGXFSZ, since .NET has no name for it.</summary>
    private static int? Number =>
        OperatingSystem.IsWindows() ? null
        : OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 25
        : 31;

    public void Dispose() => _registration?.Dispose();
}
