using System.Text.Json;
using ImgApi.Api.Validation;
using ImgApi.Domain.Manifests;
using ImgApi.Tests.Support;
using ImgApi.Tests.Unit.Domain.UseCases;

namespace ImgApi.Tests.Unit.Domain.Manifests;

internal static class ManifestIntakeTests
{
    private const string A = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    private const string B = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

    private static readonly Uuid ImageUuid = Uuid.Parse("01234567-0123-4123-8123-012345678901");

    private static JsonElement Manifest(string members) =>
        JsonElement.Parse($$"""{"name":"base","version":"1","type":"zone-dataset","os":"smartos"{{members}}}""");

    private static JsonElement Current(string members) => Manifest($$""","v":2,"uuid":"{{ImageUuid}}"{{members}}""");

    private static JsonElement Old(string members) => Manifest($$""","creator_uuid":"{{A}}","uuid":"{{ImageUuid}}"{{members}}""");

    internal abstract class Fixture : UseCaseFixture
    {
        protected ManifestIntake Intake(ServerRules? rules = null) =>
            new(Lifecycle, new ManifestValidator(rules ?? new ServerRules()), rules ?? new ServerRules());
    }

    [TestFixture]
    internal sealed class Create : Fixture
    {
        private Task<Image> CreateAsync(string members, Uuid? account = null, ServerRules? rules = null, string? channel = null) =>
            Intake(rules).CreateAsync(Manifest(members), account, channel, CancellationToken.None);

        [Test]
        public async Task Each_image_has_a_new_uuid()
        {
            var first = await CreateAsync("");
            Assert.That((await CreateAsync("")).Uuid, Is.Not.EqualTo(first.Uuid));
        }

        [Test]
        public async Task The_image_is_not_stored() => Assert.That(await FindAsync((await CreateAsync("")).Uuid), Is.Null);

        [Test]
        public async Task The_account_of_the_request_becomes_the_owner() =>
            Assert.That((await CreateAsync("", AccountA)).Details.Owner, Is.EqualTo(AccountA));

        [Test]
        public Task An_owner_other_than_the_account_is_refused() =>
            AssertRefusedAsync(() => CreateAsync($",\"owner\":\"{B}\"", AccountA), ErrorCode.InvalidParameter);

        [Test]
        public async Task Without_an_account_the_manifest_may_name_the_owner() =>
            Assert.That((await CreateAsync($",\"owner\":\"{B}\"")).Details.Owner, Is.EqualTo(AccountB));

        [Test]
        public async Task Without_an_account_and_owner_the_zero_uuid_is_the_owner() =>
            Assert.That((await CreateAsync("")).Details.Owner, Is.EqualTo(Uuid.Zero));

        [Test]
        public Task In_mode_dc_without_adminUuid_a_missing_owner_is_refused_before_any_other_error() =>
            AssertRefusedAsync(() => CreateAsync(",\"unknown\":1", rules: new ServerRules(ServerMode.Dc)), ErrorCode.ValidationFailed);

        [Test]
        public Task A_state_is_refused() => AssertRefusedAsync(() => CreateAsync(",\"state\":\"active\""), ErrorCode.ValidationFailed);

        [Test]
        public Task An_origin_that_does_not_exist_is_refused() =>
            AssertRefusedAsync(() => CreateAsync($",\"origin\":\"{B}\""), ErrorCode.OriginDoesNotExist);

        [Test]
        public async Task An_origin_that_exists_is_kept()
        {
            var origin = (await AddAsync()).Uuid;
            Assert.That((await CreateAsync($",\"origin\":\"{origin}\"")).Details.Origin, Is.EqualTo(origin));
        }

        [TestCase(",\"unknown\":1", "an image has no such field")]
        [TestCase(",\"image_size\":5", "only an image of type zvol can have it")]
        [TestCase(",\"published_at\":\"2013-01-02T03:04:05Z\"", "only an import can set it")]
        public async Task A_field_that_create_cannot_set_is_refused_with_the_reason(string members, string reason) =>
            Assert.That((await Refusal.Of(() => CreateAsync(members))).Errors.Single().Message, Is.EqualTo(reason));

        [Test]
        public async Task The_channel_of_the_request_replaces_the_channels_of_the_manifest()
        {
            var dev = new Channel("dev", "");
            var image = await CreateAsync(",\"channels\":[\"release\"]", rules: new ServerRules { Channels = new ChannelSet([dev], dev) }, channel: "dev");
            Assert.That(image.Details.Channels, Is.EqualTo(new[] { "dev" }));
        }
    }

    [TestFixture]
    internal sealed class Import : Fixture
    {
        private Task<Image> ImportAsync(JsonElement manifest, ServerRules? rules = null, string userAgent = "curl") =>
            Intake(rules).ImportAsync(ImageUuid, manifest, channel: null, userAgent, CancellationToken.None);

        [Test]
        public async Task The_image_has_the_uuid_of_the_manifest() =>
            Assert.That((await ImportAsync(Current(""))).Uuid, Is.EqualTo(ImageUuid));

        [Test]
        public async Task A_state_is_dropped() =>
            Assert.That((await ImportAsync(Current(",\"state\":\"active\""))).State, Is.EqualTo(ImageState.Unactivated));

        [Test]
        public async Task Outside_mode_dc_the_zero_uuid_becomes_the_owner() =>
            Assert.That((await ImportAsync(Current($",\"owner\":\"{A}\""))).Details.Owner, Is.EqualTo(Uuid.Zero));

        [Test]
        public async Task In_mode_dc_the_owner_is_kept() => Assert.That(
            (await ImportAsync(Current($",\"owner\":\"{A}\""), new ServerRules(ServerMode.Dc))).Details.Owner, Is.EqualTo(AccountA));

        [Test]
        public async Task In_mode_dc_adminUuid_replaces_the_zero_uuid() => Assert.That(
            (await ImportAsync(Current($",\"owner\":\"{Uuid.Zero}\""), new ServerRules(ServerMode.Dc, AccountB))).Details.Owner,
            Is.EqualTo(AccountB));

        [Test]
        public Task An_unknown_field_is_refused() =>
            AssertRefusedAsync(() => ImportAsync(Current(",\"unknown\":1")), ErrorCode.InvalidParameter);

        [Test]
        public Task A_published_at_that_is_not_a_string_is_refused() =>
            AssertRefusedAsync(() => ImportAsync(Current(",\"published_at\":5")), ErrorCode.InvalidParameter);

        [Test]
        public async Task The_creator_of_an_old_manifest_becomes_the_owner() =>
            Assert.That((await ImportAsync(Old(""), new ServerRules(ServerMode.Dc))).Details.Owner, Is.EqualTo(AccountA));

        [Test]
        public async Task An_old_manifest_that_is_restricted_to_an_account_becomes_private_and_shared_with_it()
        {
            var details = (await ImportAsync(Old($",\"restricted_to_uuid\":\"{B}\""))).Details;
            Assert.That((details.Public, details.Acl.Single()), Is.EqualTo((false, AccountB)));
        }

        [Test]
        public async Task The_date_of_an_old_manifest_may_lack_seconds() => Assert.That(
            (await ImportAsync(Old(",\"published_at\":\"2013-01-02T03:04Z\""))).Details.PublishedAt?.ToString(), Is.EqualTo("2013-01-02T03:04:00Z"));

        [Test]
        public Task A_manifest_that_is_neither_current_nor_old_is_refused() =>
            AssertRefusedAsync(() => ImportAsync(Manifest("")), ErrorCode.ValidationFailed);

        [TestCase("imgadm/3.7.3 (SmartOS)", "7.0")]
        [TestCase("imgadm/3.7.4 (SmartOS)", "9.9")]
        [TestCase("curl/8", "9.9")]
        public async Task The_platform_that_an_old_imgadm_wrote_is_replaced_by_that_of_the_origin(string userAgent, string platform)
        {
            var origin = await AddAsync(new ImageBuilder().With(details => details with
            {
                Requirements = JsonElement.Parse("""{"min_platform":{"7.0":"20150101T000000Z"}}"""),
            }));
            var manifest = JsonElement.Parse($$"""
                {"v":2,"uuid":"{{ImageUuid}}","name":"lx","version":"1","type":"lx-dataset","os":"linux","origin":"{{origin.Uuid}}",
                 "requirements":{"min_platform":{"9.9":"20200101T000000Z"} } }
                """);
            var requirements = (await ImportAsync(manifest, userAgent: userAgent)).Details.Requirements;
            Assert.That(requirements?.GetProperty("min_platform").EnumerateObject().Single().Name, Is.EqualTo(platform));
        }
    }

    [TestFixture]
    internal sealed class ImportRemote : Fixture
    {
        [Test]
        public void Fields_that_only_the_other_server_knows_are_dropped() =>
            Assert.That(Intake().ImportRemote(ImageUuid, Current(",\"unknown\":1"), channel: null).Details.Name, Is.EqualTo("base"));

        [Test]
        public void An_origin_that_does_not_exist_yet_is_accepted() => Assert.That(
            Intake().ImportRemote(ImageUuid, Current($",\"origin\":\"{B}\""), channel: null).Details.Origin, Is.EqualTo(AccountB));

        [Test]
        public Task An_invalid_field_is_refused() => AssertRefusedAsync(
            () => Task.Run(() => Intake().ImportRemote(ImageUuid, Current(",\"public\":\"yes\""), channel: null)), ErrorCode.ValidationFailed);
    }
}
