using System.Text.Json.Nodes;
using ImgApi.Api.Contracts;
using ImgApi.Api.Responses;
using ImgApi.Domain.Jobs;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows the words that a query parameter can have, and which parameters must be there.</summary>
internal sealed class ChoiceFilter : IOperationFilter
{
    private static readonly string[] Booleans = ["true", "false"];

    private static readonly Dictionary<(string Operation, string Parameter), IReadOnlyList<string>> Choices = new()
    {
        [("ImageAction", "action")] = ImageActions.OnImage,
        [("ImageAction", "stor")] = [StorageTypes.Local],
        [("ImageAction", "skip_owner_check")] = Booleans,
        [("CreateImage", "action")] = ImageActions.OnCreate,
        [("CreateImage", "public")] = Booleans,
        [("AdminUpdateState", "action")] = ImageActions.OnState,
        [("ChangeImageAcl", "action")] = ImageActions.OnAcl,
        [("AddImageFile", "compression")] = Compression.All,
        [("AddImageFile", "storage")] = StorageTypes.All,
        [("AddImageFileFromUrl", "compression")] = Compression.All,
        [("AddImageFileFromUrl", "storage")] = StorageTypes.All,
        [("ListImageJobs", "task")] = ["create-from-vm", Job.ImportRemoteImage],
        [("ListImageJobs", "execution")] = [.. Enum.GetValues<JobExecution>().Select(JobReplies.Word)],
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
        [("ImageAction", "action"), ("AddImageFileFromUrl", "compression"), ("AdminUpdateState", "action"), ("CloneImage", "account")];

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
