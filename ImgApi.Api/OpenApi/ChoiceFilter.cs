using System.Text.Json.Nodes;
using ImgApi.Api.Storage;
using ImgApi.Domain.Images;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows the words that a query parameter can have, and which parameters must be there.</summary>
internal sealed class ChoiceFilter : IOperationFilter
{
    private static readonly string[] Booleans = ["true", "false"];

    private static readonly Dictionary<(string Operation, string Parameter), IReadOnlyList<string>> Choices = new()
    {
        [("ImageAction", "action")] =
            ["activate", "disable", "enable", "update", "import", "channel-add", "change-stor", "export"],
        [("ImageAction", "stor")] = [StorageTypes.Local],
        [("CreateImage", "action")] = ["create-from-vm", "import-docker-image", "import-lxd-image"],
        [("CreateImage", "public")] = Booleans,
        [("AdminUpdateState", "action")] = ["dropcaches"],
        [("ImageAction", "skip_owner_check")] = Booleans,
        [("ChangeImageAcl", "action")] = ["add", "remove"],
        [("AddImageFile", "compression")] = Compression.All,
        [("AddImageFile", "storage")] = StorageTypes.All,
        [("AddImageIcon", "storage")] = StorageTypes.All,
        [("AddImageIconByPost", "storage")] = StorageTypes.All,
        [("ListImages", "state")] = [.. ImageState.All, "all"],
        [("ListImages", "public")] = Booleans,
        [("ListImages", "inclAdminFields")] = Booleans,
        [("ListImages", "sort")] = ["published_at", "published_at.asc", "published_at.desc"],
        [("GetImage", "inclAdminFields")] = Booleans,
        [("DeleteImage", "force_all_channels")] = Booleans,
    };

    private static readonly HashSet<(string Operation, string Parameter)> Required =
        [("ImageAction", "action"), ("AddImageFile", "compression"), ("AdminUpdateState", "action"), ("CloneImage", "account")];

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            var key = (operation.OperationId ?? "", parameter.Name ?? "");
            if (Choices.TryGetValue(key, out var words))
            {
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. words.Select(word => JsonValue.Create(word))] };
            }

            parameter.Required |= Required.Contains(key);
        }
    }
}
