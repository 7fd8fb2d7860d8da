namespace ImgApi.Infrastructure.Posix;

/// <summary>Why a file or folder cannot be used, in words for an operator.</summary>
public static class FileFault
{
    private const int IoError = 5;
    private const int NotAFile = 6;
    private const int Exists = 17;
    private const int NotAFolder = 20;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int LinkLoop = 40;

    /// <summary>A phrase without the path, such as <c>there is no such file</c>, to follow the file's name and a colon.</summary>
    /// <param name="fault">What .NET threw; its own text repeats the path and speaks of its own terms.</param>
    public static string Describe(Exception fault) => fault switch
    {
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "there is no such folder",
        PathTooLongException => "its path is too long",
        UnauthorizedAccessException => "this user has no permission to use it",
        // On Unix this is errno.
        IOException { HResult: IoError } => "the disk reports an error",
        IOException { HResult: NotAFile } => "it is not a file",
        IOException { HResult: Exists } => "a file of that name is in the way",
        IOException { HResult: NotAFolder } => "a part of its path is a file, not a folder",
        IOException { HResult: NoSpace } => "the disk is full",
        IOException { HResult: ReadOnly } => "the file system is read-only",
        IOException { HResult: LinkLoop } => "its path is a circle of links",
        _ => fault.Message,
    };
}
