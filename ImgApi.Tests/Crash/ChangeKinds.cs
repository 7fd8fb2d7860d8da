using ImgApi.Tests.Support;

namespace ImgApi.Tests.Crash;

/// <summary>Every kind of change that is killed in. A new one, such as an import from another server, is one more entry here.</summary>
internal static class ChangeKinds
{
    private static readonly string[] Compressions = ["gzip", "bzip2", "xz", "none"];
    private static readonly string[] IconTypes = ["image/png", "image/jpeg", "image/gif"];

    public static IReadOnlyList<ChangeKind> All { get; } =
    [
        new(4, image => image is null, (image, _) => new(image, (client, _) =>
            client.PostAnswerAsync("/images", Requests.Manifest(("name", image.Name))))),
        new(3, image => image is null, Import),
        new(6, image => image is { Activated: false, HasLargeFiles: false }, (image, random) => Upload(image, Noise.Small(random), random)),
        new(6, image => image is { Activated: false, HasLargeFiles: true }, (image, random) => Upload(image, Noise.Large(random), random)),
        new(3, image => image is { Activated: false, File: not null }, (image, _) => Act(image with { Activated = true }, "activate")),
        new(5, image => image is not null, Update),
        new(2, image => image is { Disabled: false }, (image, _) => Act(image with { Disabled = true }, "disable")),
        new(2, image => image is { Disabled: true }, (image, _) => Act(image with { Disabled = false }, "enable")),
        new(4, image => image is not null, PutIcon),
        new(2, image => image is { Icon: not null }, (image, _) => new(image with { Icon = null }, (client, _) =>
            client.DeleteAnswerAsync($"/images/{image.Uuid}/icon"))),
        new(3, image => image is not null, Grant),
        new(2, image => image is { Acl.IsEmpty: false }, Revoke),
        new(3, image => image is not null, (image, _) => new(null, (client, _) => client.DeleteAnswerAsync($"/images/{image.Uuid}"))),
    ];

    public static ChangeKind Choose(ModelImage? image, Random random)
    {
        var kinds = All.Where(kind => kind.Suits(image)).ToArray();
        var ticket = random.Next(kinds.Sum(kind => kind.Weight));
        return kinds.First(kind => (ticket -= kind.Weight) < 0);
    }

    /// <summary>A uuid that is as random as <paramref name="random"/>, so that a run can be repeated.</summary>
    public static string Uuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static PlannedChange Act(ModelImage after, string action) =>
        new(after, (client, _) => client.PostAnswerAsync($"/images/{after.Uuid}?action={action}"));

    private static PlannedChange Import(ModelImage image, Random random)
    {
        var after = image with { Uuid = Uuid(random) };
        return new(after, (client, _) => client.PostAnswerAsync(
            $"/images/{after.Uuid}?action=import",
            Requests.Manifest(("v", 2), ("uuid", after.Uuid), ("name", after.Name), ("published_at", "2013-01-02T03:04:05.678Z"))));
    }

    private static PlannedChange Update(ModelImage image, Random random)
    {
        var after = image with { Description = new string((char)('a' + random.Next(26)), random.Next(1, 8000)) };
        return new(after, (client, _) => client.PostAnswerAsync(
            $"/images/{after.Uuid}?action=update", Requests.Json(new { description = after.Description })));
    }

    private static PlannedChange Upload(ModelImage image, ReadOnlyMemory<byte> bytes, Random random)
    {
        var compression = Compressions[random.Next(Compressions.Length)];
        var announced = random.Next(2) == 0;
        var file = new ModelContent(Noise.Sha1(bytes), bytes.Length, compression);
        return new(image with { File = file }, (client, trigger) => client.PutAnswerAsync(
            $"/images/{image.Uuid}/file?compression={compression}&sha1={file.Sha1}", new CountedContent(bytes, announced, trigger)));
    }

    private static PlannedChange PutIcon(ModelImage image, Random random)
    {
        var bytes = Noise.Small(random);
        var icon = new ModelContent(Noise.Sha1(bytes), bytes.Length, IconTypes[random.Next(IconTypes.Length)]);
        return new(image with { Icon = icon }, (client, trigger) =>
        {
            var body = new CountedContent(bytes, announced: true, trigger);
            body.Headers.ContentType = new(icon.Kind);
            return client.PutAnswerAsync($"/images/{image.Uuid}/icon", body);
        });
    }

    private static PlannedChange Grant(ModelImage image, Random random)
    {
        var account = Uuid(random);
        return new(image with { Acl = image.Acl.Add(account) }, (client, _) => client.PostAnswerAsync(
            $"/images/{image.Uuid}/acl?action=add", Requests.Json(new[] { account })));
    }

    private static PlannedChange Revoke(ModelImage image, Random random)
    {
        var account = image.Acl[random.Next(image.Acl.Count)];
        return new(image with { Acl = image.Acl.Remove(account) }, (client, _) => client.PostAnswerAsync(
            $"/images/{image.Uuid}/acl?action=remove", Requests.Json(new[] { account })));
    }
}
