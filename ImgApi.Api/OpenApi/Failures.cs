using System.Globalization;
using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>
/// Error codes that a method, or each method of a controller, can answer in addition to those that <see cref="FailureFilter"/> infers.
/// </summary>
/// <param name="codes">Names of members of <see cref="ErrorCode"/>, and <see cref="ErrorSets"/>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
internal sealed class FailsAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<ErrorCode> Codes { get; } =
        [.. codes.SelectMany(set => set.Split(' ')).Select(code => (ErrorCode)typeof(ErrorCode).GetField(code)!.GetValue(null)!)];
}

/// <summary>Error codes that go together.</summary>
internal static class ErrorSets
{
    /// <summary>Changes of an image.</summary>
    public const string Write = $"{nameof(ErrorCode.NotImageOwner)} {nameof(ErrorCode.StorageIsDown)} {nameof(ErrorCode.InsufficientStorage)}";

    /// <summary>Downloads.</summary>
    public const string Content =
        $"{nameof(ErrorCode.PreconditionFailed)} {nameof(ErrorCode.RangeNotSatisfiable)} {nameof(ErrorCode.StorageIsDown)}";

    /// <summary>Requests of the tus protocol.</summary>
    public const string Resumable = $"{nameof(ErrorCode.InvalidHeader)} {nameof(ErrorCode.UnsupportedTusVersion)} {nameof(ErrorCode.PayloadTooLarge)}";

    /// <summary>Uploads of an image file.</summary>
    public const string FileUpload =
        $"{nameof(ErrorCode.ImageFilesImmutable)} {nameof(ErrorCode.ImageAlreadyActivated)} {nameof(ErrorCode.Upload)} "
        + $"{nameof(ErrorCode.Download)} {nameof(ErrorCode.BadDigest)} {nameof(ErrorCode.ContentCheckFailed)}";
}

/// <summary>
/// Shows the error codes that an operation can answer by status, with their meaning from the register. Those that follow from credentials, a
/// UUID in the path, the scope and a JSON body are inferred.
/// </summary>
internal sealed class FailureFilter : IOperationFilter
{
    private static readonly ErrorCode[] Everywhere = [ErrorCode.InvalidVersion, ErrorCode.BadRequest, ErrorCode.Internal];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var own = MergedActions.All(context)
            .SelectMany(api => api.ActionDescriptor.EndpointMetadata.OfType<FailsAttribute>())
            .SelectMany(fails => fails.Codes);
        var codes = own.Concat(Inferred(operation, MergedActions.Methods(context), CredentialsFilter.RoleOf(context.ApiDescription) is not null)).Concat(Everywhere).Distinct().ToArray();
        var schema = context.SchemaGenerator.GenerateSchema(typeof(ErrorBody), context.SchemaRepository);
        operation.Responses ??= [];
        foreach (var status in codes.GroupBy(code => code.Status).OrderBy(status => status.Key))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("\n\n", status.Select(code => $"`{code.Name}`: {code.Meaning}")),
                Content = new Dictionary<string, IOpenApiMediaType> { [WireJson.ContentType] = new OpenApiMediaType { Schema = schema } },
            };
        }

        if (codes.Contains(ErrorCode.PreconditionFailed) && HttpMethods.IsGet(context.ApiDescription.HttpMethod!))
        {
            operation.Responses["304"] = new OpenApiResponse { Description = "Not Modified" };
        }
    }

    private static IEnumerable<ErrorCode> Inferred(OpenApiOperation operation, IReadOnlyList<MethodInfo> methods, bool isForUsers)
    {
        var types = methods.SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType).ToArray();
        return
        [
            .. If(operation.Security is not null, ErrorCode.Unauthorized, ErrorCode.TooManyRequests),
            .. If(isForUsers, ErrorCode.NotAuthorized),
            .. If(types.Contains(typeof(Uuid)), ErrorCode.ResourceNotFound),
            .. If(types.Contains(typeof(ImageScope)), ErrorCode.InvalidParameter),
            .. If(operation.Parameters?.Any(parameter => parameter.Name == "channel") == true, ErrorCode.ValidationFailed),
            .. If(types.Any(WireBinder.IsJsonBody), ErrorCode.InvalidContent, ErrorCode.BadDigest, ErrorCode.PayloadTooLarge),
        ];

        static ErrorCode[] If(bool holds, params ErrorCode[] codes) => holds ? codes : [];
    }
}
