namespace ImgApi.Domain.Storage;

/// <summary>A place of committed content outside this program.</summary>
/// <param name="File">Full path of a file on this machine, which exists until the content is deleted.</param>
public sealed record ContentLocation(string File);
