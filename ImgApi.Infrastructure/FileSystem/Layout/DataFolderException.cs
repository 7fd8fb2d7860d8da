namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>The data folder cannot be used at all. The message is for the operator: it names the folder and the reason.</summary>
public sealed class DataFolderException : Exception
{
    /// <param name="message">What is wrong with which folder.</param>
    /// <param name="inner">The cause.</param>
    public DataFolderException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
