namespace ImgApi.Api.Contracts;

/// <summary>How much an image is used. Times are <c>YYYY-MM-DDTHH:MM:SS.SSSZ</c>.</summary>
/// <param name="Uuid">UUID of the image.</param>
/// <param name="Fetches">Number of downloads of its file that reached its end.</param>
/// <param name="LastFetch">End of the last of them; absent if there was none.</param>
/// <param name="CountedSince">When counting began; earlier downloads are unknown.</param>
/// <param name="IdleSince">Last activity of an image that was never activated; absent for others, and during an import.</param>
internal sealed record ImageUsage(string Uuid, long Fetches, string? LastFetch, string CountedSince, string? IdleSince);
