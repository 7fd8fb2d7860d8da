using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>Every kind of change of the workload. A new kind is one more entry of <see cref="All"/>.</summary>
internal static class ChangeKinds
{
    private static readonly string[] Compressions = ["gzip", "bzip2", "xz", "none"];
    private static readonly string[] IconTypes = ["image/png", "image/jpeg", "image/gif"];

    public static IReadOnlyList<ChangeKind> All { get; } =
    [
        new(4, image => image is null, (image, _) => new(image, site =>
            site.Client.PostAnswerAsync("/images", Requests.Manifest(("name", image.Name))))),
        new(3, image => image is null, Import),
        new(2, image => image is null, ImportFromSource),
        new(2, image => image is null, ImportInJob),
        new(4, image => image is { Activated: false }, UploadFromSource),
        new(6, image => image is { Activated: false, HasLargeFiles: false }, (image, random) => Upload(image, Noise.Small(random), random)),
        new(6, image => image is { Activated: false, HasLargeFiles: true }, (image, random) => Upload(image, Noise.Large(random), random)),
        new(3, image => image is { Activated: false, File: not null }, (image, _) => Act(image with { Activated = true }, "activate")),
        new(5, image => image is not null, Update),
        new(4, image => image is { Activated: false }, ChangeUuid),
        new(2, image => image is { Disabled: false }, (image, _) => Act(image with { Disabled = true }, "disable")),
        new(2, image => image is { Disabled: true }, (image, _) => Act(image with { Disabled = false }, "enable")),
        new(4, image => image is not null, PutIcon),
        new(2, image => image is { Icon: not null }, (image, _) => new(image with { Icon = null }, site =>
            site.Client.DeleteAnswerAsync($"/images/{image.Uuid}/icon"))),
        new(3, image => image is not null, Grant),
        new(2, image => image is { Acl.IsEmpty: false }, Revoke),
        new(3, image => image is not null, (image, _) => new(null, site => site.Client.DeleteAnswerAsync($"/images/{image.Uuid}"))),
    ];

    public static ChangeKind Choose(ModelImage? image, Random random)
    {
        var kinds = All.Where(kind => kind.Suits(image)).ToArray();
        var ticket = random.Next(kinds.Sum(kind => kind.Weight));
        return kinds.First(kind => (ticket -= kind.Weight) < 0);
    }

    /// <summary>A UUID from <paramref name="random"/>, so that a run can be repeated.</summary>
    public static string Uuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static PlannedChange Act(ModelImage after, string action) =>
        new(after, site => site.Client.PostAnswerAsync($"/images/{after.Uuid}?action={action}"));

    private static PlannedChange Import(ModelImage image, Random random)
    {
        var after = image with { Uuid = Uuid(random) };
        return new(after, site => site.Client.PostAnswerAsync(
            $"/images/{after.Uuid}?action=import",
            Requests.Manifest(("v", 2), ("uuid", after.Uuid), ("name", after.Name), ("published_at", "2013-01-02T03:04:05.678Z"))));
    }

    private static PlannedChange ImportFromSource(ModelImage image, Random random)
    {
        var (after, offer) = Offered(image with { Uuid = Uuid(random) }, random);
        return new(after with { File = null }, site =>
        {
            offer(site.Source);
            return site.Client.PostAnswerAsync($"/images/{after.Uuid}?action=import&source={site.Source.Escaped}");
        });
    }

    private static PlannedChange UploadFromSource(ModelImage image, Random random)
    {
        var (after, offer) = Offered(image, random);
        return new(after, site =>
        {
            offer(site.Source);
            return site.Client.PutAnswerAsync($"/images/{after.Uuid}/file?source={site.Source.Escaped}");
        });
    }

    /// <summary>The answer promises the image, which exists when the job has ended.</summary>
    private static PlannedChange ImportInJob(ModelImage image, Random random)
    {
        var (after, offer) = Offered(image with { Uuid = Uuid(random), Activated = true }, random);
        return new(
            after,
            site =>
            {
                offer(site.Source);
                return site.Client.PostAnswerAsync($"/images/{after.Uuid}?action=import-remote&source={site.Source.Escaped}");
            },
            async (site, promise) =>
            {
                var job = await site.Client.JobEndAsync(promise.Json.GetProperty("job_uuid").GetString()!);
                return job.ErrorOf().Length == 0
                    ? await site.Client.GetAnswerAsync($"/images/{after.Uuid}")
                    : throw new InvalidOperationException(job.Text);
            });
    }

    /// <summary>The image with a file that the source offers.</summary>
    private static (ModelImage After, Action<CrashSource> Offer) Offered(ModelImage image, Random random)
    {
        var bytes = image.HasLargeFiles ? Noise.Large(random) : Noise.Small(random);
        var file = new ModelContent(Noise.Sha1(bytes), bytes.Length, Compressions[random.Next(Compressions.Length)]);
        return (image with { File = file }, source => source.Offer(image.Uuid!, image.Name, file, bytes));
    }

    private static PlannedChange Update(ModelImage image, Random random)
    {
        var after = image with { Description = new string((char)('a' + random.Next(26)), random.Next(1, 8000)) };
        return new(after, site => site.Client.PostAnswerAsync(
            $"/images/{after.Uuid}?action=update", Requests.Json(new { description = after.Description })));
    }

    /// <summary>Changes UUID and description at once, so that a folder with only one of the changes is noticed.</summary>
    private static PlannedChange ChangeUuid(ModelImage image, Random random)
    {
        var after = image with { Uuid = Uuid(random), Description = new string((char)('a' + random.Next(26)), random.Next(1, 8000)) };
        return new(after, site => site.Client.PostAnswerAsync(
            $"/images/{image.Uuid}?action=update", Requests.Json(new { uuid = after.Uuid, description = after.Description })));
    }

    private static PlannedChange Upload(ModelImage image, ReadOnlyMemory<byte> bytes, Random random)
    {
        var compression = Compressions[random.Next(Compressions.Length)];
        var announced = random.Next(2) == 0;
        var file = new ModelContent(Noise.Sha1(bytes), bytes.Length, compression);
        return new(image with { File = file }, site => site.Client.PutAnswerAsync(
            $"/images/{image.Uuid}/file?compression={compression}&sha1={file.Sha1}", new CountedContent(bytes, announced, site.Trigger)));
    }

    private static PlannedChange PutIcon(ModelImage image, Random random)
    {
        var bytes = Noise.Small(random);
        var icon = new ModelContent(Noise.Sha1(bytes), bytes.Length, IconTypes[random.Next(IconTypes.Length)]);
        return new(image with { Icon = icon }, site =>
        {
            var body = new CountedContent(bytes, announced: true, site.Trigger);
            body.Headers.ContentType = new(icon.Kind);
            return site.Client.PutAnswerAsync($"/images/{image.Uuid}/icon", body);
        });
    }

    private static PlannedChange Grant(ModelImage image, Random random)
    {
        var account = Uuid(random);
        return new(image with { Acl = image.Acl.Add(account) }, site => site.Client.PostAnswerAsync(
            $"/images/{image.Uuid}/acl?action=add", Requests.Json(new[] { account })));
    }

    private static PlannedChange Revoke(ModelImage image, Random random)
    {
        var account = image.Acl[random.Next(image.Acl.Count)];
        return new(image with { Acl = image.Acl.Remove(account) }, site => site.Client.PostAnswerAsync(
            $"/images/{image.Uuid}/acl?action=remove", Requests.Json(new[] { account })));
    }
}
