using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Http;

/// <summary>Checks <see cref="HttpOptions"/>.</summary>
internal sealed class HttpOptionsValidator : IValidateOptions<HttpOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, HttpOptions options)
    {
        ValidateOptionsResultBuilder builder = new();
        for (int i = 0; i < options.CorsOrigins.Count; i++)
        {
            string origin = options.CorsOrigins[i];
            if (!IsOrigin(origin))
            {
                builder.AddError(
                    $"Http:CorsOrigins:{i}: '{origin}' must be an origin such as https://topics.example.org, without a path");
            }
        }

        return builder.Build();
    }

    // The comparison of browsers is by characters, so an origin must be written as they write it.
    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority) == origin;
}
