namespace ImgApi.Api.Contracts;

/// <summary>The parameters of every upload.</summary>
internal class UploadParameters : QueryParameters
{
    /// <summary>SHA-1 that the bytes must have, in hex.</summary>
    public string? Sha1 { get; set; }

    /// <summary>Size in bytes that they must have.</summary>
    public string? Size { get; set; }

    /// <summary>Where to store them: local or manta; this server has local storage only.</summary>
    [OneOf(typeof(StorageTypes), nameof(StorageTypes.All))]
    public string? Storage { get; set; }
}

/// <summary>The parameters of every upload of an image file.</summary>
internal sealed class FileUploadParameters : UploadParameters
{
    /// <summary>How the file is compressed; optional if the first bytes identify it. Bytes of another known format are refused.</summary>
    [OneOf(typeof(Compression), nameof(Domain.Images.Compression.All))]
    public string? Compression { get; set; }

    /// <summary>GUID of the ZFS snapshot, in decimal; without it the stream's is recorded.</summary>
    public string? DatasetGuid { get; set; }

    /// <summary>true accepts files that the server's contentCheck refuses, but no bytes of another known format than declared.</summary>
    public string? Force { get; set; }
}
