namespace ImgApi.Tests.Resilience.Crash;

/// <summary>What is known about one image.</summary>
/// <param name="Settled">As it was when the last change was answered; null if there was none, or it was deleted.</param>
/// <param name="Doubt">The change that was sent and not answered; null if there is none.</param>
internal sealed record ModelEntry(ModelImage? Settled, ModelDoubt? Doubt)
{
    /// <summary>Everything that the image may be after a crash, once all jobs have ended.</summary>
    public IEnumerable<ModelImage?> Allowed => Doubt is null ? [Settled] : Doubt.IsPromised ? [Doubt.After] : [Settled, Doubt.After];
}

/// <summary>A change that may have happened or not.</summary>
/// <param name="After">The image after it; null for none.</param>
/// <param name="IsPromised">Whether it has to have happened once all jobs have ended.</param>
internal sealed record ModelDoubt(ModelImage? After, bool IsPromised = false);
