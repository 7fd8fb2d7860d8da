using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace ImgApi.Api.OpenApi;

/// <summary>The bodies of the one operation that has many, by its action; the page shows the one of the action that was chosen.</summary>
internal static class ActionSamples
{
    /// <summary>The function of <see cref="Plugin"/>.</summary>
    public const string PluginName = "ImgApiActionSamples";

    /// <summary>Of the actions that take no body. An empty object stands for it, since the page shows nothing shorter.</summary>
    private const string NoBody = "no body needed";

    /// <summary>A plugin of Swagger UI: when an action is chosen, its sample is chosen too.</summary>
    public const string Plugin = $$"""
        function {{PluginName}}() {
          return {
            statePlugins: {
              spec: {
                wrapActions: {
                  changeParamByIdentity: (change, ui) => (pathMethod, parameter, value, isXml) => {
                    const result = change(pathMethod, parameter, value, isXml);
                    if (parameter.get("name") === "action") {
                      const samples = ui.specSelectors.specJson()
                        .getIn(["paths", ...pathMethod, "requestBody", "content", "application/json", "examples"]);
                      if (samples) {
                        const name = samples.has(value) ? value : "{{NoBody}}";
                        ui.oas3Actions.setActiveExamplesMember(
                          { name, pathMethod, contextType: "requestBody", contextName: "requestBody" });
                        ui.oas3Actions.setRequestBodyValue({ value: JSON.stringify(samples.getIn([name, "value"]), null, 2), pathMethod });
                      }
                    }

                    return result;
                  },
                },
              },
            },
          };
        }
        """;

    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["update"] = """
            { "description": "Couchbase Server 4.5.0", "tags": { "role": "db" } }
            """,
        ["import"] = """
            {
              "v": 2,
              "uuid": "43ca32a1-7e75-4b60-88bd-876812f74a13",
              "owner": "00000000-0000-0000-0000-000000000000",
              "name": "couchbase-server",
              "version": "4.5.0-snapshot",
              "type": "zone-dataset",
              "os": "smartos"
            }
            """,
        ["channel-add"] = """
            { "channel": "release" }
            """,
    };

    /// <summary>The samples by action, and one for the actions that take no body.</summary>
    public static IDictionary<string, IOpenApiExample> All()
    {
        var examples = new Dictionary<string, IOpenApiExample> { [NoBody] = new OpenApiExample { Summary = NoBody, Value = new JsonObject() } };
        foreach (var (action, body) in Bodies)
        {
            examples[action] = new OpenApiExample { Summary = action, Value = JsonNode.Parse(body) };
        }

        return examples;
    }
}
