namespace ImgApi.Tests.Resilience.Crash;

/// <summary>The state of one image in the model.</summary>
/// <param name="Settled">The image after the last answered change; null if it did not exist.</param>
/// <param name="Doubt">The unanswered change; null if there is none.</param>
internal sealed record ModelEntry(ModelImage? Settled, ModelDoubt? Doubt)
{
    /// <summary>The states that the image may have after a crash, once all jobs have ended.</summary>
    public IEnumerable<ModelImage?> Allowed => Doubt is null ? [Settled] : Doubt.IsPromised ? [Doubt.After] : [Settled, Doubt.After];
}

/// <summary>A change that may or may not have happened.</summary>
/// <param name="After">The image after the change; null if it is deleted.</param>
/// <param name="IsPromised">Whether it must have happened once all jobs have ended.</param>
internal sealed record ModelDoubt(ModelImage? After, bool IsPromised = false);
