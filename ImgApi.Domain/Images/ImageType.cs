namespace ImgApi.Domain.Images;

/// <summary>The values of a manifest's <c>type</c> (contract 3.5).</summary>
public static class ImageType
{
    /// <summary>A ZFS file system for a SmartOS zone.</summary>
    public const string ZoneDataset = "zone-dataset";

    /// <summary>A ZFS volume for a virtual machine; the only type with drivers and an image size.</summary>
    public const string Zvol = "zvol";

    /// <summary>A ZFS file system for an LX zone.</summary>
    public const string LxDataset = "lx-dataset";

    /// <summary>An LXD image.</summary>
    public const string Lxd = "lxd";

    /// <summary>A Docker layer.</summary>
    public const string Docker = "docker";

    /// <summary>Anything else.</summary>
    public const string Other = "other";

    /// <summary>All types, in the order in which error messages name them.</summary>
    public static IReadOnlyList<string> All { get; } = [ZoneDataset, Zvol, LxDataset, Lxd, Docker, Other];

    /// <summary>Whether machines pass the decompressed file to <c>zfs receive</c>.</summary>
    public static bool IsForZfs(string? type) => type is ZoneDataset or LxDataset or Zvol;
}
