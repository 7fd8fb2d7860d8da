
namespace ImgApi.Infrastructure.Catalogue;

/// <summary>
/// A write in flight, whose conditions are met. A class, not a record: two writes of equal images are different.
/// </summary>
/// <param name="before">The current image; null for an addition.</param>
/// <param name="after">The next image; null for a removal.</param>
internal sealed class PendingWrite(Image? before, Image? after)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Image? Before { get; } = before;

    public Image? After { get; } = after;

    /// <summary>Completes when the write has happened or has failed.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether the image has this UUID before or after the write.</summary>
    public bool Affects(Uuid? uuid) => uuid is not null && (Before?.Uuid == uuid || After?.Uuid == uuid);

    /// <summary>Whether this write removes the image with this UUID, or gives it another UUID.</summary>
    public bool Removes(Uuid uuid) => Before?.Uuid == uuid && After?.Uuid != uuid;

    public void Settle() => _settled.SetResult();
}
