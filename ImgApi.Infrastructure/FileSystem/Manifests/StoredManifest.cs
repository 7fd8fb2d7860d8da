namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>An image as read from its folder.</summary>
/// <param name="Superseded">Names of replaced content of trondn/imgapi.</param>
internal sealed record StoredManifest(Image Image, ManifestLeftovers Leftovers, IReadOnlyList<string> Superseded, ReadingNotes Notes)
{
    /// <summary>Whether the manifest alone determines the image, and there is nothing to report or to repair.</summary>
    public bool IsPlain =>
        Leftovers == ManifestLeftovers.None && Superseded.Count == 0 && Notes is { Warnings.Count: 0, DependsOnContent: false };
}

/// <summary>Collects what was unusual about an image that is read from its folder.</summary>
internal sealed class ReadingNotes
{
    /// <summary>Warnings for the operator, one clause each.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Whether the image depends on data outside its manifest, such as the size or time of its content.</summary>
    public bool DependsOnContent { get; private set; }

    /// <summary>Returns the value, and notes that it does not come from the manifest.</summary>
    public T FromContent<T>(T value)
    {
        DependsOnContent = true;
        return value;
    }
}
