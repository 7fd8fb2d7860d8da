namespace ImgApi.Domain.Contents;

/// <summary>The formats that the first bytes of a content tell.</summary>
public enum ContentFormat
{
    /// <summary>None of the others.</summary>
    Unknown,

    /// <summary>RFC 1952.</summary>
    Gzip,

    /// <summary>bzip2.</summary>
    Bzip2,

    /// <summary>The .xz container.</summary>
    Xz,

    /// <summary>RFC 8878. No value of <c>compression</c> stands for it.</summary>
    Zstd,

    /// <summary>A tar archive of POSIX or GNU.</summary>
    Tar,

    /// <summary>What <c>zfs send</c> writes, of either byte order.</summary>
    ZfsStream,

    /// <summary>A multipart body: what <c>curl -F</c> sends around a file.</summary>
    Form,

    /// <summary>A PNG picture.</summary>
    Png,

    /// <summary>A JPEG picture.</summary>
    Jpeg,

    /// <summary>A GIF picture.</summary>
    Gif,
}
