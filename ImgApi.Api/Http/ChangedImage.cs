namespace ImgApi.Api.Http;

/// <summary>The image that a request created, changed or deleted; a feature of the request, for the log.</summary>
internal sealed record ChangedImage(Uuid Uuid, string Name, string Version)
{
    /// <summary>Notes the image for the line that the log gets.</summary>
    public static void Note(HttpContext context, Image image) =>
        context.Features.Set(Of(image));

    /// <summary>What the log says of an image.</summary>
    public static ChangedImage Of(Image image) => new(image.Uuid, image.Details.Name, image.Details.Version);
}
