namespace ImgApi.Infrastructure.Posix;

/// <summary>What a fault of the disk is called towards the domain.</summary>
internal static class StorageFault
{
    private const int TooBig = 27;
    private const int NoSpace = 28;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>EDQUOT of Linux, of illumos and of macOS.</summary>
    private static readonly int[] OverQuota = [122, 49, 69];

    /// <summary>EWOULDBLOCK of a lock on Linux and illumos, and on macOS.</summary>
    private static readonly int[] Locked = [11, 35];

    public static bool IsFault(Exception e) => e is IOException or UnauthorizedAccessException || IsFileTooBig(e);

    public static bool IsSharingViolation(IOException e) => e.HResult == WindowsSharingViolation || Locked.Contains(e.HResult);

    /// <summary>The refusal that tells the caller about the fault without telling any path.</summary>
    public static ImgApiException Translate(Exception e) =>
        IsFull(e) ? Full(e) : new ImgApiException(ErrorCode.StorageIsDown, "storage is down at the moment", inner: e);

    /// <summary>The refusal of what finds no room.</summary>
    public static ImgApiException Full(Exception? e = null) => new(ErrorCode.InsufficientStorage, "the server's disk is full", inner: e);

    private static bool IsFull(Exception e) =>
        IsFileTooBig(e)
        || (e is IOException && (e.HResult is NoSpace or TooBig or WindowsDiskFull or WindowsHandleDiskFull || OverQuota.Contains(e.HResult)));

    /// <summary>How .NET reports EFBIG: a file larger than the file system, or a limit of the process, allows.</summary>
    private static bool IsFileTooBig(Exception e) => e is ArgumentOutOfRangeException { ParamName: "value" };
}
