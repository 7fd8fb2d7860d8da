namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>The data folder cannot be used at all. The message is for the operator: it names the folder and the reason.</summary>
public sealed class DataFolderException(string message, Exception? inner = null) : Exception(message, inner);
