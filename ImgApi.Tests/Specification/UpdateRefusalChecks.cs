using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Updates that are refused (contract 5.15).</summary>
[TestFixture]
internal sealed class UpdateRefusalChecks() : ActionFixture
{
    [Test]
    [Check(131)]
    public async Task Fields_that_cannot_be_updated_are_refused()
    {
        var answer = await UpdateAsync(await Admin.CreateAsync(), """{"disabled":true,"type":"zvol","published_at":"x","icon":true}""");
        AssertRefused(
            answer, 422, "ValidationFailed", "disabled:NotAllowed", "type:NotAllowed", "published_at:NotAllowed", "icon:NotAllowed");
        Assert.That(answer.Text, Does.Contain("Parameter cannot be updated"));
        Assert.That(answer.Message, Is.EqualTo("invalid image update data: disabled, type, published_at, icon"));
    }

    [TestCase("""{"name":null}""", "name:MissingParameter")]
    [TestCase("""{"public":true}""", "public:Invalid")]
    [TestCase("""{"state":"bogus"}""", "state:Invalid")]
    [TestCase("""{"files":null}""", "files:NotAllowed")]
    [TestCase("""{"files":[{"digest":"x"}]}""", "files:NotAllowed")]
    [Check(132, 133, 137)]
    public async Task An_invalid_value_is_refused(string body, string error) =>
        AssertRefused(await UpdateAsync(await Admin.CreateAsync(), body), 422, "ValidationFailed", error);

    [Test]
    public async Task The_size_of_a_file_cannot_be_updated() =>
        AssertRefused(await UpdateAsync(await CreateWithFileAsync(), """{"files":[{"size":5}]}"""), 422, "ValidationFailed", "files:NotAllowed");

    [Test]
    [Check(135)]
    public async Task Fields_that_only_operators_may_update_are_refused_with_an_account()
    {
        var uuid = await Admin.CreateAsync(("owner", AccountA));
        var answer = await ActAsync(uuid, $"action=update&account={AccountA}", """{"billing_tags":["x"],"state":"failed"}""");
        AssertRefused(answer, 422, "ValidationFailed", "state:NotAllowed", "billing_tags:NotAllowed");
        Assert.That(answer.Text, Does.Contain("Can only be updated by operators"));
    }

    [Test]
    [Check(136)]
    public async Task Uuid_and_origin_are_fixed_by_the_activation()
    {
        var origin = await Admin.CreateAsync();
        var answer = await UpdateAsync(await Admin.PublishAsync(), $$"""{"origin":"{{origin}}","uuid":"{{UnknownUuid}}"}""");
        AssertRefused(answer, 422, "ValidationFailed", "origin:NotAllowed", "uuid:NotAllowed");
        Assert.That(answer.Text, Does.Contain("Can only be updated on unactivated images"));
    }

    [TestCase(true, "", "files:NotAllowed,origin:NotAllowed,uuid:NotAllowed")]
    [TestCase(
        true, $"&account={AccountA}",
        "state:NotAllowed,error:NotAllowed,billing_tags:NotAllowed,traits:NotAllowed,files:NotAllowed,origin:NotAllowed,uuid:NotAllowed")]
    [TestCase(
        false, $"&account={AccountA}",
        "state:NotAllowed,error:NotAllowed,billing_tags:NotAllowed,traits:NotAllowed,files:NotAllowed,origin:NotAllowed,uuid:NotAllowed")]
    public async Task An_update_names_each_field_once_and_in_a_fixed_order(bool isActive, string account, string errors)
    {
        var uuid = isActive ? await Admin.PublishAsync(("owner", AccountA)) : await Admin.CreateAsync(("owner", AccountA));
        var answer = await ActAsync(uuid, $"action=update{account}", $$"""
            {"uuid":"{{UnknownUuid}}","origin":"{{UnknownUuid}}","files":[{"size":5}],"traits":{},"billing_tags":[],"error":{},"state":"failed"}
            """);
        AssertRefused(answer, 422, "ValidationFailed", errors.Split(','));
        var fields = string.Join(", ", errors.Split(',').Select(error => error.Split(':')[0]));
        Assert.That(answer.Message, Is.EqualTo($"invalid image update data: {fields}"));
    }
}
