using ImgApi.Api.Contracts;
using ImgApi.Api.Validation;
using ImgApi.Domain.Manifests;

namespace ImgApi.Tests.Unit.Domain.Manifests;

/// <summary>A manifest field is a property of ImageDetails, a row of the table, a property of ImageManifest and a rule of the validator.</summary>
[TestFixture]
internal sealed class FieldEditsTests
{
    private const string Field = "mascot";
    private const string Property = "Mascot";

    private static readonly FieldEdits Real = new(
        [.. ManifestSchema.Fields.Where(field => field.Set is not null).Select(field => field.Name)],
        [.. typeof(ImageDetails).GetProperties().Select(property => property.Name)],
        [.. ImgApi.Api.Json.WireJson.Indented.GetTypeInfo(typeof(ImageManifest)).Properties.Select(property => property.Name)],
        [.. new ManifestValidator(new ServerRules()).CreateDescriptor().GetMembersWithValidators().Select(member => member.Key)]);

    private static readonly FieldEdits WithField = new([.. Real.Table, Field], [.. Real.Details, Property], [.. Real.Answer, Field], [.. Real.Rules, Field]);

    [Test]
    public void Every_manifest_field_has_all_four_edits() => Assert.That(Real.Missing(), Is.Empty);

    [Test]
    public void A_field_with_all_four_edits_is_not_reported() => Assert.That(WithField.Missing(), Is.Empty);

    [Test]
    public void A_missing_property_of_the_details_is_reported() =>
        Assert.That((WithField with { Details = Real.Details }).Missing(), Is.EqualTo(new[] { "mascot: ImageDetails has no property" }));

    [Test]
    public void A_missing_row_of_the_table_is_reported() =>
        Assert.That((WithField with { Table = Real.Table }).Missing(), Is.EqualTo(new[] { "mascot: ManifestSchema has no row" }));

    [Test]
    public void A_missing_property_of_the_answer_is_reported() =>
        Assert.That((WithField with { Answer = Real.Answer }).Missing(), Is.EqualTo(new[] { "mascot: ImageManifest has no property" }));

    [Test]
    public void A_missing_rule_of_the_validator_is_reported() =>
        Assert.That((WithField with { Rules = Real.Rules }).Missing(), Is.EqualTo(new[] { "mascot: ManifestValidator has no rule" }));

    [Test]
    public void The_table_is_in_the_order_of_the_answer() =>
        Assert.That(ManifestSchema.Fields.Select(field => field.Name), Is.EqualTo(Real.Answer));
}
