namespace ImgApi.Tests.Support;

/// <summary>A folder that is deleted when the instance is disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imgapi-test-");

    public string Path => _folder.FullName;

    public string Combine(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Creates a subfolder and returns its path.</summary>
    public string Make(string name) => _folder.CreateSubdirectory(name).FullName;

    /// <summary>Writes a file, creates its folder if it is missing, and returns the path.</summary>
    public string Write(string name, string text)
    {
        var path = Combine(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
