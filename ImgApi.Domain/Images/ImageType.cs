namespace ImgApi.Domain.Images;

/// <summary>
/// The values of a manifest's <c>type</c> (contract 3.5). Datasets are ZFS file systems for SmartOS and LX zones. A zvol is a ZFS volume for a
/// virtual machine, the only type with drivers and an image size.
/// </summary>
public static class ImageType
{
    public const string ZoneDataset = "zone-dataset";
    public const string Zvol = "zvol";
    public const string LxDataset = "lx-dataset";
    public const string Lxd = "lxd";
    public const string Docker = "docker";
    public const string Other = "other";

    /// <summary>All types, in the order in which error messages name them.</summary>
    public static IReadOnlyList<string> All { get; } = [ZoneDataset, Zvol, LxDataset, Lxd, Docker, Other];

    /// <summary>Whether machines pass the decompressed file to <c>zfs receive</c>.</summary>
    public static bool IsForZfs(string? type) => type is ZoneDataset or LxDataset or Zvol;
}
