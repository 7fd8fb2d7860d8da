namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>An image as its manifest gave it, and the stamp that its folder had before it was read.</summary>
internal sealed record IndexEntry(ImageStamp Stamp, Image Image);
