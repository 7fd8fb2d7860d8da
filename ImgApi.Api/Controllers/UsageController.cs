namespace ImgApi.Api.Controllers;

/// <summary>How much images are used.</summary>
[Tags(ApiTags.Server)]
[NotStored]
internal sealed class UsageController(IImageRepository images, FetchRegister fetches, ImageAges ages) : ImgApiController
{
    /// <summary>Lists how often the file of each image was fetched, and when last.</summary>
    /// <remarks>A download counts when its last byte was sent. A killed server forgets those of the last minute.</remarks>
    /// <param name="image">UUID of an image: only this one.</param>
    [HttpRead("/usage", Name = "ListUsage")]
    [Needs(Right.Read)]
    [Fails(nameof(ErrorCode.InvalidParameter), nameof(ErrorCode.ResourceNotFound))]
    public async Task<ActionResult<ImageUsage[]>> List([FromQuery] string? image)
    {
        IReadOnlyList<Image> listed = image is null ? (await images.QueryAsync(new ImageQuery { State = StateFilter.All }, Cancellation)).Images
            : Uuid.TryParse(image, out var uuid) ? [await images.GetAsync(uuid, Cancellation)]
            : throw ImgApiException.InvalidParameter("image", $"invalid value for \"image\" param: \"{image}\" is not a UUID");
        var usages = new List<ImageUsage>();
        foreach (var one in listed)
        {
            usages.Add(await UsageAsync(one));
        }

        return usages.ToArray();
    }

    private async ValueTask<ImageUsage> UsageAsync(Image image)
    {
        var (count, last) = await fetches.OfAsync(image.Uuid);
        return new ImageUsage(
            $"{image.Uuid}", count, Text(last), Text(await fetches.SinceAsync())!, Text(await ages.IdleSinceAsync(image, Cancellation)));
    }

    private static string? Text(DateTimeOffset? time) => time is { } instant ? Timestamp.From(instant).Text : null;
}
