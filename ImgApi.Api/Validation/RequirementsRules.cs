using System.Text.RegularExpressions;
using FluentValidation;
using static ImgApi.Domain.Manifests.PlainJson;

namespace ImgApi.Api.Validation;

/// <summary>The rules for the members of <c>requirements</c> (contract 3.7). Falsy values (0, "", false, null) are not checked.</summary>
internal sealed partial class RequirementsRules(JsonElement requirements, ValidationContext<ManifestDocument> context)
{
    private const string Bhyve = "bhyve";

    private static readonly string[] Members =
        ["networks", "brand", "ssh_key", "min_ram", "max_ram", "min_platform", "max_platform", "bootrom"];

    private static readonly string[] BootRoms = ["bios", "uefi"];

    // From 2012. Every month may have 31 days.
    [GeneratedRegex(@"^(201[2-9]|20[2-9]\d|2[1-9]\d\d|[3-9]\d{3})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])[0-5]\d[0-5]\dZ\z")]
    private static partial Regex PlatformStamp { get; }

    /// <summary>Reports failures in the order of the contract's table.</summary>
    public static void Check(JsonElement requirements, ValidationContext<ManifestDocument> context)
    {
        if (requirements.ValueKind == JsonValueKind.Object)
        {
            new RequirementsRules(requirements, context).Check();
        }
    }

    private void Check()
    {
        CheckNetworks();
        Expect("brand", value => value.ValueKind == JsonValueKind.String, "not a string");
        Expect("ssh_key", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False, "not a boolean");
        CheckMemory();
        CheckPlatform("min_platform");
        CheckPlatform("max_platform");
        CheckBootRom();
        foreach (var member in requirements.EnumerateObject().Where(member => !Members.Contains(member.Name)))
        {
            context.Fail($"unsupported requirement \"{member.Name}\"", field: member.Name);
        }
    }

    private void CheckNetworks()
    {
        var networks = Expect("networks", value => value.ValueKind == JsonValueKind.Array, "not an array");
        foreach (var entry in networks is { } list ? list.EnumerateArray().Where(entry => !IsNetwork(entry)) : [])
        {
            context.Fail($"invalid image \"requirements.networks\" entry: {Text(entry)}", field: "requirements.networks");
        }
    }

    private void CheckMemory()
    {
        var min = Expect("min_ram", IsWholeNumber, "not a positive integer")?.AsWholeNumber();
        var max = Expect("max_ram", IsWholeNumber, "not a positive integer")?.AsWholeNumber();
        if (min > max)
        {
            context.Fail($"min_ram must be <= max_ram, but:min_ram={min}, max_ram={max}", field: "requirements.max_ram");
        }
    }

    private void CheckPlatform(string member)
    {
        var platforms = Expect(member, value => value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() > 0, "not an object");
        foreach (var entry in platforms is { } map ? map.EnumerateObject().Where(entry => !IsPlatform(entry.Value)) : [])
        {
            context.Fail(
                $"invalid image \"requirements.{member}\" entry: \"{entry.Name}: {InMessage(entry.Value)}\" not a valid platform version",
                field: $"requirements.{member}");
        }
    }

    private void CheckBootRom()
    {
        const string field = "requirements.bootrom";
        if (Get("bootrom") is not { } bootRom)
        {
            return;
        }

        if (Get("brand") is not { } brand)
        {
            context.Fail(
                "\"requirements.brand\" not specified. \"requirements.bootrom\" requires \"requirements.brand\" to be set to \"bhyve\"",
                FieldError.MissingParameter,
                field);
        }
        else if (InMessage(brand) != Bhyve)
        {
            context.Fail(
                $"invalid bootrom \"{field}\" not supported with \"{InMessage(brand)}\" brand; \"requirements.brand\" must be \"bhyve\"",
                field: field);
        }
        else if (bootRom.ValueKind != JsonValueKind.String || !BootRoms.Contains(bootRom.GetString()))
        {
            context.Fail(
                $"invalid bootrom \"{field}\" invalid entry \"{InMessage(bootRom)}\"; must be one of: {string.Join(", ", BootRoms)}",
                field: field);
        }
    }

    /// <summary>Reports a member that fails the test.</summary>
    /// <returns>The member; null if it is absent or fails.</returns>
    private JsonElement? Expect(string member, Func<JsonElement, bool> test, string complaint)
    {
        if (Get(member) is not { } value || test(value))
        {
            return Get(member);
        }

        context.Fail($"invalid image \"requirements.{member}\" ({complaint}): {Text(value)}", field: $"requirements.{member}");
        return null;
    }

    private JsonElement? Get(string member) =>
        requirements.TryGetProperty(member, out var value) && !IsFalsy(value) ? value : null;

    private static bool IsFalsy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Number => value.TryGetDouble(out var number) && number == 0,
        _ => false,
    };

    private static bool IsNetwork(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal).SequenceEqual(["description", "name"]);

    private static bool IsWholeNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.AsWholeNumber() is not null;

    private static bool IsPlatform(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && PlatformStamp.IsMatch(value.GetString()!);
}
