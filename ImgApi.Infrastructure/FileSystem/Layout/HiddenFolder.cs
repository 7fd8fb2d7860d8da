using ImgApi.Infrastructure.Posix;

namespace ImgApi.Infrastructure.FileSystem.Layout;

/// <summary>A folder in the data folder for something other than images, which is created when it is first needed.</summary>
internal sealed class HiddenFolder(DataFolder data, string name)
{
    private bool _isFlushed;

    public string Path { get; } = System.IO.Path.Combine(data.Root, name);

    /// <summary>Creates the folder durably if it is missing. Also tries a flush again that failed before.</summary>
    public void EnsureExists()
    {
        if (!Directory.Exists(Path))
        {
            DurableFile.CreateFolder(Path);
            _isFlushed = false;
        }

        if (!_isFlushed)
        {
            DurableFile.FlushFolder(data.Root);
            _isFlushed = true;
        }
    }
}
