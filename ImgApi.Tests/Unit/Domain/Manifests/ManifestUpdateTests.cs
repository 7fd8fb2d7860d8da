using System.Text.Json;
using ImgApi.Api.Validation;
using ImgApi.Domain.Manifests;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Unit.Domain.Manifests;

internal static class ManifestUpdateTests
{
    private const string A = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

    private static ImageChange Apply(ImageBuilder image, string update, bool byOperator = true, ServerRules? rules = null) =>
        new ManifestUpdate(new ManifestValidator(rules ?? new ServerRules()), rules ?? new ServerRules())
            .Apply(image.Build(), JsonElement.Parse(update), byOperator);

    private static async Task<ImgApiException> RefusalOfAsync(ImageBuilder image, string update, bool byOperator = true) =>
        await Refusal.Of(() => Task.Run(() => Apply(image, update, byOperator)));

    [TestFixture]
    internal sealed class EnsureUsable
    {
        [Test]
        public void An_object_with_members_is_accepted() =>
            Assert.That(ManifestUpdate.EnsureUsable(JsonElement.Parse("""{"name":"x"}""")).GetPropertyCount(), Is.EqualTo(1));

        [TestCase("{}")]
        [TestCase("[]")]
        [TestCase("5")]
        [TestCase(null)]
        public async Task A_body_without_parameters_is_refused(string? body)
        {
            JsonElement? parsed = body is null ? null : JsonElement.Parse(body);
            Assert.That((await Refusal.Of(() => Task.Run(() => ManifestUpdate.EnsureUsable(parsed)))).Code, Is.EqualTo(ErrorCode.ValidationFailed));
        }
    }

    [TestFixture]
    internal sealed class Fields
    {
        [Test]
        public void A_given_field_is_replaced() =>
            Assert.That(Apply(new ImageBuilder(), """{"description":"new"}""").Details.Description, Is.EqualTo("new"));

        [Test]
        public void A_field_that_is_not_given_is_kept() =>
            Assert.That(Apply(new ImageBuilder().Named("kept"), """{"description":"new"}""").Details.Name, Is.EqualTo("kept"));

        [Test]
        public void Null_removes_an_optional_field()
        {
            var image = new ImageBuilder().With(details => details with { Description = "old" });
            Assert.That(Apply(image, """{"description":null}""").Details.Description, Is.Null);
        }

        [Test]
        public void An_operator_may_set_a_label() =>
            Assert.That(Apply(new ImageBuilder(), """{"state":"failed"}""").Label, Is.EqualTo("failed"));

        [TestCase("""{"type":"zvol"}""", "type")]
        [TestCase("""{"unknown":1}""", "unknown")]
        [TestCase("""{"published_at":"2013-01-02T03:04:05Z"}""", "published_at")]
        public async Task A_field_that_no_update_can_set_is_refused(string update, string field) =>
            Assert.That((await RefusalOfAsync(new ImageBuilder(), update)).Errors.Single(), Is.EqualTo(
                new FieldError(field, FieldError.NotAllowed, "Parameter cannot be updated")));

        [TestCase("""{"state":"failed"}""")]
        [TestCase("""{"billing_tags":["x"]}""")]
        [TestCase("""{"traits":{}}""")]
        [TestCase("""{"error":{}}""")]
        [TestCase("""{"uuid":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"}""")]
        public async Task A_field_for_operators_is_refused_to_an_account(string update) => Assert.That(
            (await RefusalOfAsync(new ImageBuilder(), update, byOperator: false)).Errors.Single().Message,
            Is.EqualTo("Can only be updated by operators"));

        [TestCase("""{"uuid":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"}""")]
        [TestCase("""{"origin":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"}""")]
        public async Task The_uuid_and_the_origin_of_an_activated_image_are_fixed(string update) => Assert.That(
            (await RefusalOfAsync(new ImageBuilder().WithFile().Activated(), update)).Errors.Single().Message,
            Is.EqualTo("Can only be updated on unactivated images"));

        [Test]
        public void The_uuid_of_an_unactivated_image_can_change() =>
            Assert.That(Apply(new ImageBuilder(), $$"""{"uuid":"{{A}}"}""").Uuid, Is.EqualTo(Uuid.Parse(A)));

        [Test]
        public async Task All_refused_fields_are_reported_at_once_in_the_order_of_the_contract()
        {
            var refusal = await RefusalOfAsync(
                new ImageBuilder(), """{"uuid":"x","billing_tags":["x"],"state":"failed","unknown":1}""", byOperator: false);
            Assert.That(refusal.Errors.Select(error => error.Field), Is.EqualTo(new[] { "unknown", "state", "billing_tags", "uuid" }));
        }

        [Test]
        public void Channels_of_an_earlier_configuration_are_kept_on_a_server_without_channels()
        {
            var image = new ImageBuilder().With(details => details with { Channels = ["dev"] });
            Assert.That(Apply(image, """{"description":"new"}""").Details.Channels, Is.EqualTo(new[] { "dev" }));
        }
    }

    [TestFixture]
    internal sealed class Files
    {
        private static readonly ImageBuilder Image = new ImageBuilder().WithFile();

        [Test]
        public void The_digests_of_the_file_can_be_set()
        {
            var file = Apply(Image, """{"files":[{"digest":"d","uncompressedDigest":"u"}]}""").File;
            Assert.That((file?.Digest, file?.UncompressedDigest), Is.EqualTo(("d", "u")));
        }

        [Test]
        public void Members_with_their_stored_values_are_accepted()
        {
            var update = $$"""{"files":[{"sha1":"{{ImageBuilder.SomeFile().Sha1}}","size":3,"compression":"gzip","digest":"d"}]}""";
            Assert.That(Apply(Image, update).File?.Digest, Is.EqualTo("d"));
        }

        [TestCase("""{"files":[{"size":4}]}""")]
        [TestCase("""{"files":[{"sha1":"other"}]}""")]
        [TestCase("""{"files":[{"digest":5}]}""")]
        [TestCase("""{"files":[{"path":"/etc/passwd"}]}""")]
        [TestCase("""{"files":[]}""")]
        [TestCase("""{"files":[{},{}]}""")]
        [TestCase("""{"files":{}}""")]
        public async Task Any_other_change_of_the_file_is_refused(string update) =>
            Assert.That((await RefusalOfAsync(Image, update)).Errors.Single().Field, Is.EqualTo("files"));

        [Test]
        public async Task Digests_of_an_image_without_a_file_are_refused() => Assert.That(
            (await RefusalOfAsync(new ImageBuilder(), """{"files":[{"digest":"d"}]}""")).Errors.Single().Field, Is.EqualTo("files"));
    }
}
