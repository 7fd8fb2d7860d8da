namespace ImgApi.Api.OpenApi;

/// <summary>A plugin of Swagger UI: when an action is chosen, the sample of its body is shown.</summary>
internal static class ActionSamples
{
    /// <summary>The name of the sample for actions that take no body. It is an empty object, since the page shows nothing shorter.</summary>
    public const string NoBody = "no body needed";

    /// <summary>The function of <see cref="Plugin"/>.</summary>
    public const string PluginName = "ImgApiActionSamples";

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
}
