namespace TopicGrpc.Explorer.Hosting;

/// <summary>Checks that the options of <see cref="OidcOptions"/> belong together.</summary>
public static class OidcRules
{
    private const int MaxLength = 200;
    private const int MaxNameLength = 100;

    /// <summary>Returns the broken rules.</summary>
    /// <param name="options">The options.</param>
    /// <returns>Name of the option, and what is wrong with it; empty for valid options.</returns>
    public static IEnumerable<(string Option, string Problem)> Check(OidcOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.IsEnabled ? CheckEnabled(options) : CheckDisabled(options);
    }

    /// <summary>Returns the secret of the client; null for a public client.</summary>
    /// <param name="options">Checked options.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static string? ReadSecret(OidcOptions options) =>
        string.IsNullOrEmpty(options.ClientSecretFile) ? null : File.ReadAllText(options.ClientSecretFile).Trim();

    private static IEnumerable<(string Option, string Problem)> CheckDisabled(OidcOptions options)
    {
        if (!string.IsNullOrEmpty(options.ClientId) || !string.IsNullOrEmpty(options.ClientSecretFile) || options.Scopes.Count > 0)
        {
            yield return (nameof(options.Authority), "is required with a client id, a client secret or scopes");
        }
    }

    private static IEnumerable<(string Option, string Problem)> CheckEnabled(OidcOptions options)
    {
        if (!IsAddress(options.Authority, options.AllowHttp))
        {
            yield return (nameof(options.Authority), $"'{options.Authority}' is not an https URL");
        }

        if (options.ClientId is not { Length: > 0 and <= MaxLength })
        {
            yield return (nameof(options.ClientId), $"is required with an authority and has 1 to {MaxLength} characters");
        }

        if (SecretProblem(options) is { } problem)
        {
            yield return (nameof(options.ClientSecretFile), problem);
        }

        if (!options.RequestedScopes.Contains("openid", StringComparer.Ordinal))
        {
            yield return (nameof(options.Scopes), "must contain 'openid'");
        }

        foreach (string scope in options.Scopes.Where(static scope => !IsScope(scope)))
        {
            yield return (nameof(options.Scopes), $"'{scope}' is not a scope: 1 to {MaxLength} visible ASCII characters except \" and \\");
        }

        if (!Enum.IsDefined(options.Token))
        {
            yield return (nameof(options.Token), "must be Access or Id");
        }

        if (options.Name is not { Length: > 0 and <= MaxNameLength })
        {
            yield return (nameof(options.Name), $"must have 1 to {MaxNameLength} characters");
        }

        if (!string.IsNullOrEmpty(options.PageAddress) && !IsPage(options.PageAddress))
        {
            yield return (nameof(options.PageAddress), $"'{options.PageAddress}' is not an http or https URL that ends with '/explorer/'");
        }
    }

    private static bool IsAddress(string? text, bool allowHttp) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || (allowHttp && address.Scheme == Uri.UriSchemeHttp));

    private static bool IsPage(string text) =>
        IsAddress(text, allowHttp: true) && text.EndsWith(ExplorerOptions.Path + "/", StringComparison.Ordinal);

    // RFC 6749, appendix A.4.
    private static bool IsScope(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text.All(static letter => letter is > ' ' and <= '~' and not ('"' or '\\'));

    private static string? SecretProblem(OidcOptions options)
    {
        try
        {
            return ReadSecret(options) is "" ? $"'{options.ClientSecretFile}' is empty" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"'{options.ClientSecretFile}' cannot be read: {exception.Message}";
        }
    }
}
