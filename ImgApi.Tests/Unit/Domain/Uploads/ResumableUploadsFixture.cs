using ImgApi.Domain.Contents;
using ImgApi.Domain.Storage;
using ImgApi.Domain.Uploads;
using ImgApi.Tests.Unit.Domain.UseCases;

namespace ImgApi.Tests.Unit.Domain.Uploads;

/// <summary>The use case of resumable uploads over a store that can fail, and a file of 5 MiB.</summary>
internal abstract class ResumableUploadsFixture : UseCaseFixture
{
    protected const int MiB = 1024 * 1024;

    protected byte[] Bytes { get; } = new byte[5 * MiB];

    protected FaultyUploadStore Store { get; }

    protected ResumableUploads Resumable { get; private set; }

    protected ResumableUploadsFixture()
    {
        Random.Shared.NextBytes(Bytes);
        Store = new FaultyUploadStore(UnfinishedUploads);
        Resumable = Open();
    }

    [TearDown]
    public void Close() => Resumable.Dispose();

    private ResumableUploads Open() =>
        new(Images, Contents, Store, new ContentInspector(Unpacker), Quota, new ServerRules(), new UploadLimits(TimeSpan.FromDays(1)) { Finished = 2 }, Audit, Clock);

    /// <summary>Forgets everything in memory, as a restart does.</summary>
    protected void Restart()
    {
        Resumable.Dispose();
        Resumable = Open();
    }

    protected async Task<PendingUpload> BeginAsync(Image image, string compression = "none") => (await Resumable.CreateAsync(
        image.Uuid, Bytes.Length, new FileDescription(compression, ContentClaims.None, null), null, Anyone, CancellationToken.None)).Upload;

    protected Task<UploadProgress> AppendAsync(PendingUpload upload, int from, int to, Action<Image>? guard = null, string? sha1 = null) => Resumable.AppendAsync(
        upload.Image, upload.Id, new UploadPart(new MemoryStream(Bytes[from..to]), to - from, from, sha1),
        guard ?? Anyone, CancellationToken.None);

    protected Task<UploadProgress> FindAsync(PendingUpload upload) => Resumable.ResumeAsync(upload.Image, upload.Id, Anyone, CancellationToken.None);

    protected async Task<Image> ImageAsync(Uuid uuid) => await Images.GetAsync(uuid, CancellationToken.None);

    protected string Sha1 =>
#pragma warning disable CA5350 // The digest of manifests.
        Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(Bytes));
#pragma warning restore CA5350
}
