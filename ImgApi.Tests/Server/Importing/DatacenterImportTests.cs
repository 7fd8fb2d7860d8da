using ImgApi.Api.Configuration;
using ImgApi.Domain.Remote;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Importing;

/// <summary>The action <c>import-from-datacenter</c> (contract 5.20). The operator may configure local addresses, which callers may not name.</summary>
[TestFixture]
internal sealed class DatacenterImportTests : ImportFixture
{
    private static readonly string Owner = Uuid.Zero.ToString();
    private const string Other = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

    protected override ServerConfiguration Configure(ServerConfiguration configuration) => WithShortWaits(configuration) with
    {
        AllowLocalSources = false,
        DatacenterName = "here",
        Datacenters = new OrderedDictionary<string, ImageSource>
        {
            ["here"] = Address("http://127.0.0.1:1"),
            ["east"] = Address(Source.Address.ToString()),
            ["down"] = Address("http://127.0.0.1:1"),
        },
    };

    private static ImageSource Address(string url) => ImageSource.TryParse(url, out var source) ? source : throw new FormatException(url);

    private Task<Answer> ImportAsync(string uuid, string query) =>
        Admin.PostAnswerAsync($"/images/{uuid}?action=import-from-datacenter&{query}", Requests.Json("{}"));

    [TestCase("account=x&datacenter=east", "account:Invalid", "invalid image \"account\" (not a UUID): x")]
    [TestCase("datacenter=east", "account:Invalid", "invalid image \"account\" (not a UUID): undefined")]
    [TestCase("account=" + Other, "datacenter:MissingParameter", "missing datacenter parameter")]
    [TestCase("account=" + Other + "&datacenter=west", "datacenter:Invalid", "datacenter \"west\" is not supported, valid datacenters names are: east, down")]
    [TestCase("account=" + Other + "&datacenter=here", "datacenter:Invalid", "cannot import into the same datacenter, valid datacenters names are: east, down")]
    public async Task An_invalid_account_or_datacenter_is_refused(string query, string error, string message)
    {
        var answer = await ImportAsync(Chain.Top, query);
        AssertRefused(answer, 422, "ValidationFailed", message);
        Assert.That(answer.Errors, Is.EqualTo(new[] { error }));
    }

    [Test]
    public async Task An_image_that_the_datacenter_does_not_have_is_not_found()
    {
        var unknown = Uuid.New().ToString();
        AssertRefused(await ImportAsync(unknown, $"account={Owner}&datacenter=east"), 404, "ResourceNotFound", $"image {unknown} not found");
    }

    [Test]
    public async Task An_image_that_the_datacenter_does_not_show_to_the_account_is_not_found() =>
        AssertRefused(await ImportAsync(Chain.Top, $"account={Other}&datacenter=east"), 404, "ResourceNotFound", "image not found");

    [Test]
    public async Task An_unreachable_datacenter_is_a_remote_error() =>
        AssertRefused(await ImportAsync(Chain.Top, $"account={Owner}&datacenter=down"), 503, "RemoteSourceError");

    [Test]
    public async Task An_image_that_is_only_shared_with_the_account_is_refused()
    {
        var shared = await Source.Admin.PublishAsync(("owner", Owner), ("acl", new[] { Other }));
        AssertRefused(
            await ImportAsync(shared, $"account={Other}&datacenter=east"), 401, "UnauthorizedError",
            $"Cannot import image {shared} - you are not the owner.");
    }

    [Test]
    public async Task An_image_that_is_not_active_in_the_datacenter_is_refused()
    {
        var unfinished = await Source.Admin.CreateAsync();
        var refused = await ImportAsync(unfinished, $"account={Owner}&datacenter=east");
        AssertRefused(refused, 422, "ValidationFailed", $"Cannot import image {unfinished} - image is not active.");
        Assert.That(refused.Errors, Is.Empty);
    }

    [Test]
    public async Task An_image_of_the_account_is_imported_with_its_origins()
    {
        var answer = await ImportAsync(Chain.Top, $"account={Owner}&datacenter=east");
        AssertOk(answer);
        Assert.That(answer.Header("workflow-api"), Is.Not.Null);
        var job = await Admin.JobEndAsync(answer.Json.GetProperty("job_uuid").GetString()!);
        Assert.That(job.ErrorOf(), Is.Empty, job.Text);
        foreach (var uuid in Chain.All)
        {
            await AssertIsCopyAsync(uuid);
        }
    }

    [Test]
    public async Task An_image_that_was_imported_already_is_a_conflict()
    {
        var answer = await ImportAsync(Chain.Base, $"account={Owner}&datacenter=east");
        await Admin.JobEndAsync(answer.Json.GetProperty("job_uuid").GetString()!);
        AssertRefused(await ImportAsync(Chain.Base, $"account={Owner}&datacenter=east"), 409, "ImageUuidAlreadyExists");
    }

    [Test]
    public async Task An_origin_of_another_owner_must_exist_on_the_importing_server()
    {
        var origin = await Source.Admin.PublishAsync(("owner", Owner), ("public", true));
        var image = await Source.Admin.PublishAsync(("owner", Other), ("origin", origin));
        AssertRefused(
            await ImportAsync(image, $"account={Other}&datacenter=east"), 404, "ResourceNotFound",
            $"Unable to import - origin image {origin} must already exist in the datacenter (as this image is not owned by you).");
    }

    [Test]
    public async Task No_datacenter_is_supported_without_configuration()
    {
        await using var server = await TestServer.StartAsync();
        AssertRefused(
            await server.Admin.PostAnswerAsync($"/images/{Chain.Top}?action=import-from-datacenter&account={Owner}&datacenter=east"),
            422, "ValidationFailed", "datacenter \"east\" is not supported, valid datacenters names are: ");
    }
}
