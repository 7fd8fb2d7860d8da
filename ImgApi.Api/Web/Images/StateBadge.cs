namespace ImgApi.Api.Web.Images;

/// <summary>The state of an image as people see it.</summary>
/// <param name="Kind">Class of the style sheet; empty for a neutral state.</param>
internal sealed record StateBadge(string Text, string Kind)
{
    /// <param name="isDamaged">Whether its file is damaged.</param>
    /// <param name="actor">Who sees it.</param>
    public static StateBadge Of(Image image, bool isDamaged, Actor actor) => (isDamaged, image.State) switch
    {
        (true, _) => new("damaged", "bad"),
        _ when image.ShowsApprovalTo(actor) => image.Approval!.IsWaiting ? new("waits for approval", "warn") : new("rejected", "bad"),
        (_, ImageState.Active) => new("active", "good"),
        (_, ImageState.Unactivated) when image.File is null => new("unactivated, no file", "warn"),
        (_, ImageState.Unactivated) => new("unactivated", "warn"),
        (_, ImageState.Failed) => new("failed", "bad"),
        var (_, state) => new(state, ""),
    };
}
