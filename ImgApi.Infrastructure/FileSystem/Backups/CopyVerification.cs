using ImgApi.Domain.Integrity;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Stores;

namespace ImgApi.Infrastructure.FileSystem.Backups;

/// <summary>Reads copied contents and compares them with the manifests.</summary>
internal sealed class CopyVerification(string root, TimeProvider clock)
{
    private readonly OfflineFolder _folder = OfflineFolder.Open(root);

    /// <inheritdoc cref="OfflineFolder.Uuids"/>
    public IReadOnlyList<Uuid> Uuids => _folder.Uuids;

    /// <summary>What is wrong with an image, a line for each content.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(Uuid uuid, CancellationToken cancellation)
    {
        try
        {
            var verification = new ContentVerification(_folder, _folder, clock);
            return await _folder.FindAsync(uuid, cancellation) is { } image
                ? [.. (await verification.VerifyAsync(image, (_, _) => ValueTask.CompletedTask, cancellation))
                    .Where(content => content.Damage is not null).Select(content => $"{uuid}: {content.Damage!.Reason}")]
                : [];
        }
        catch (DataFolderException unreadable)
        {
            return [unreadable.Message];
        }
    }
}
