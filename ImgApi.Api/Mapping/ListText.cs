namespace ImgApi.Api.Mapping;

/// <summary>A list for the wire.</summary>
/// <param name="Etag">Changes with every visible change of any of its images.</param>
/// <param name="Length">Bytes of its JSON text.</param>
/// <param name="Kept">The text itself; null if it is not kept.</param>
/// <param name="IsDropped">Whether it is not to be kept, since others have taken the memory.</param>
internal sealed record ListText(string Etag, long Length, KeptText? Kept, bool IsDropped = false);
