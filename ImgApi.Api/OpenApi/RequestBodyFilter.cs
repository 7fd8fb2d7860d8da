using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace ImgApi.Api.OpenApi;

/// <summary>A body that works when tried; for the API documentation.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ExampleAttribute(string json) : Attribute
{
    public JsonNode Value => JsonNode.Parse(json)!;
}

/// <summary>Shows the JSON bodies, which actions read themselves, with the comments of the parameters and with examples.</summary>
internal sealed class RequestBodyFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var bodies = MergedActions.Methods(context)
            .SelectMany(method => method.GetParameters())
            .Where(parameter => WireBinder.IsJsonBody(parameter.ParameterType)).ToArray();
        if (bodies.Length == 0)
        {
            return;
        }

        var type = bodies[0].ParameterType.GetGenericArguments()[0];
        var content = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository) };
        var examples = bodies.Select(body => ((MethodInfo)body.Member).GetCustomAttribute<ExampleAttribute>()).ToArray();
        if (bodies.Length == 1)
        {
            content.Example = examples[0]?.Value;
        }
        else
        {
            content.Examples = new Dictionary<string, IOpenApiExample> { [ActionSamples.NoBody] = Example(ActionSamples.NoBody, new JsonObject()) };
            foreach (var (body, example) in bodies.Zip(examples).Where(pair => pair.Second is not null))
            {
                content.Examples[WordOf(body)!] = Example(WordOf(body)!, example!.Value);
            }
        }

        var texts = from body in bodies
                    let comment = PlainComments.Parameter(body)
                    where comment.Length > 0
                    select WordOf(body) is { } word ? $"`{word}`: {comment}" : comment;
        operation.RequestBody = new OpenApiRequestBody
        {
            Description = string.Join("\n\n", texts),
            Content = new Dictionary<string, IOpenApiMediaType> { [WireJson.ContentType] = content },
        };
    }

    private static string? WordOf(ParameterInfo body) => MergedActions.WordOf((MethodInfo)body.Member);

    private static OpenApiExample Example(string summary, JsonNode value) => new() { Summary = summary, Value = value };
}
