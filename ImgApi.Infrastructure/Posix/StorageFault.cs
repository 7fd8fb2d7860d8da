namespace ImgApi.Infrastructure.Posix;

/// <summary>Recognizes faults of the disk, and translates them to errors of the API.</summary>
internal static class StorageFault
{
    private const int TooBig = 27;
    private const int NoSpace = 28;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>EDQUOT of Linux, of illumos and of macOS.</summary>
    private static readonly int[] OverQuota = [122, 49, 69];

    /// <summary>EWOULDBLOCK of Linux and illumos, and of macOS: another process has the lock.</summary>
    private static readonly int[] Locked = [11, 35];

    public static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException || IsFileTooBig(e);

    public static bool IsSharingViolation(IOException e) => e.HResult == WindowsSharingViolation || Locked.Contains(e.HResult);

    /// <summary>The error for a fault; its text contains no path.</summary>
    public static ImgApiException Translate(Exception e) =>
        IsFull(e) ? Full(e) : new ImgApiException(ErrorCode.StorageIsDown, "storage is down at the moment", inner: e);

    public static ImgApiException Full(Exception? e = null) => new(ErrorCode.InsufficientStorage, "the server's disk is full", inner: e);

    /// <summary>Does work of the disk on another thread, and throws its faults as errors of the API.</summary>
    /// <param name="cancellation">Checked before the work begins, and not afterwards.</param>
    public static async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        try
        {
            return await Task.Run(work, cancellation);
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Translate(e);
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static async Task RunAsync(Action work, CancellationToken cancellation) => await RunAsync(
        () =>
        {
            work();
            return true;
        },
        cancellation);

    private static bool IsFull(Exception e) =>
        IsFileTooBig(e)
        || (e is IOException && (e.HResult is NoSpace or TooBig or WindowsDiskFull or WindowsHandleDiskFull || OverQuota.Contains(e.HResult)));

    /// <summary>How .NET reports EFBIG: the file would exceed the limit of the file system or of the process.</summary>
    private static bool IsFileTooBig(Exception e) => e is ArgumentOutOfRangeException { ParamName: "value" };
}
