namespace ImgApi.Infrastructure.Posix;

/// <summary>Explains to an operator why a file or folder cannot be used.</summary>
public static class FileFault
{
    /// <summary>Whether another process has the file open, or has locked it.</summary>
    // EAGAIN of Linux and illumos, and of macOS.
    public static bool IsInUse(Exception fault) => fault is IOException { HResult: 11 or 35 };

    /// <summary>
    /// A phrase without the path, such as <c>there is no such file</c>, to follow the file's name and a colon. The exception's own message
    /// repeats the path.
    /// </summary>
    public static string Describe(Exception fault) => fault switch
    {
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "there is no such folder",
        PathTooLongException => "its path is too long",
        UnauthorizedAccessException => "this user has no permission to use it",
        _ when IsInUse(fault) => "another program is using it",
        // On Unix, HResult is errno.
        IOException { HResult: 5 } => "the disk reports an error", // EIO
        IOException { HResult: 6 } => "it is not a file", // ENXIO
        IOException { HResult: 17 } => "a file of that name is in the way", // EEXIST
        IOException { HResult: 20 } => "a part of its path is a file, not a folder", // ENOTDIR
        IOException { HResult: 28 } => "the disk is full", // ENOSPC
        IOException { HResult: 30 } => "the file system is read-only", // EROFS
        IOException { HResult: 40 } => "its path is a circle of links", // ELOOP
        _ => fault.Message,
    };
}
