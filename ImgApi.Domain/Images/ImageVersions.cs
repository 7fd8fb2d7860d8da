namespace ImgApi.Domain.Images;

/// <summary>An image, and the number of older images with the same name.</summary>
public sealed record ImageVersions(Image Newest, int Older);
