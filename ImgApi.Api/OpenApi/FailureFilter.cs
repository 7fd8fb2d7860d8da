using System.Globalization;
using System.Reflection;
using ImgApi.Api.Contracts;
using ImgApi.Api.Json;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>Shows, status by status, the error codes that an action can answer; written from the register.</summary>
internal sealed class FailureFilter : IOperationFilter
{
    // What every route can answer, whatever it does.
    private static readonly ErrorCode[] Everywhere = [ErrorCode.InvalidVersion, ErrorCode.BadRequest, ErrorCode.Internal];

    /// <inheritdoc/>
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var own = context.MethodInfo.GetCustomAttribute<FailsAttribute>()?.Codes ?? [];
        if (operation.Parameters?.Any(parameter => parameter.Name == "channel") == true)
        {
            own = [.. own.Union([ErrorCode.ValidationFailed])];
        }

        if (own.Contains(ErrorCode.Unauthorized))
        {
            own = [.. own, ErrorCode.TooManyRequests];
        }

        var schema = context.SchemaGenerator.GenerateSchema(typeof(ErrorBody), context.SchemaRepository);
        operation.Responses ??= [];
        foreach (var status in own.Concat(Everywhere).GroupBy(code => code.Status).OrderBy(status => status.Key))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("\n\n", status.Select(code => $"`{code.Name}`: {code.Meaning}")),
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    [WireJson.ContentType] = new OpenApiMediaType { Schema = schema },
                },
            };
        }
    }
}
