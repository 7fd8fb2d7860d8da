namespace ImgApi.Infrastructure.FileSystem.StartIndex;

/// <summary>What may be entered in the index.</summary>
internal sealed record IndexRules
{
    /// <summary>
    /// How long an image must not have been touched when it is read. More than the coarsest clock of a file system, so that a
    /// change after the reading cannot leave the same time.
    /// </summary>
    public TimeSpan MinAge { get; init; } = TimeSpan.FromSeconds(2);
}
