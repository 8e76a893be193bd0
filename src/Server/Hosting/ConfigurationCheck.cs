using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// Finds every error of the configuration at once: unknown options, values of the wrong type, and values that a rule of the options
/// rejects.
/// </summary>
internal static class ConfigurationCheck
{
    /// <summary>Names at the top level that belong to the host of ASP.NET Core.</summary>
    private static readonly HashSet<string> HostNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ListeningUrl.Key,
        ConfigurationPrinting.Key,
        "AllowedHosts",
        "Logging",
        HostDefaults.ApplicationKey,
        HostDefaults.ContentRootKey,
        HostDefaults.EnvironmentKey,
    };

    /// <exception cref="OptionsValidationException">There are errors; its failures name all of them.</exception>
    public static void Require(IServiceProvider services)
    {
        IConfiguration configuration = services.GetRequiredService<IConfiguration>();
        OptionsSection[] sections = [.. services.GetServices<OptionsSection>()];
        List<string> failures = [];
        AddUnknownSections(configuration, sections, failures);
        foreach (OptionsSection section in sections)
        {
            int before = failures.Count;
            AddMalformed(configuration.GetSection(section.Name), section.Type, failures);
            if (failures.Count == before)
            {
                AddInvalid(services, section, failures);
            }
        }

        if (failures.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(IConfiguration), failures.Distinct(StringComparer.Ordinal));
        }
    }

    private static void AddInvalid(IServiceProvider services, OptionsSection section, List<string> failures)
    {
        try
        {
            section.Read(services);
        }
        catch (OptionsValidationException exception) when (exception.OptionsType == section.Type)
        {
            IConfiguration configuration = services.GetRequiredService<IConfiguration>();
            failures.AddRange(exception.Failures.Select(failure => OptionFailure.Describe(failure, section.Name, configuration)));
        }
        catch (OptionsValidationException)
        {
            // A rule of these options reads other options, which are invalid and reported with their own section.
        }
        catch (InvalidOperationException) when (failures.Count > 0)
        {
            // A rule of these options reads a section that is malformed and already reported.
        }
    }

    /// <summary>Environment variables are excluded: most of them are of other programs.</summary>
    private static void AddUnknownSections(IConfiguration configuration, OptionsSection[] sections, List<string> failures)
    {
        HashSet<string> known = new(
            sections.Select(static section => section.Name.Split(ConfigurationPath.KeyDelimiter)[0]),
            StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> given = ((IConfigurationRoot)configuration).Providers
            .Where(static provider =>
                provider is CommandLineConfigurationProvider or JsonConfigurationProvider or MemoryConfigurationProvider)
            .SelectMany(static provider => provider.GetChildKeys([], parentPath: null));
        foreach (string name in given.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!known.Contains(name) && !HostNames.Contains(name) && !name.StartsWith("OTEL_", StringComparison.OrdinalIgnoreCase))
            {
                failures.Add($"{name}: is not a section of the options; they are {string.Join(", ", known)}");
            }
        }
    }

    private static void AddMalformed(IConfigurationSection section, Type type, List<string> failures)
    {
        Dictionary<string, PropertyInfo> properties = Properties(type);
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (!properties.TryGetValue(child.Key, out PropertyInfo? property))
            {
                failures.Add($"{child.Path}: is not an option; {section.Path} has {string.Join(", ", properties.Keys)}");
            }
            else if (ElementType(property.PropertyType) is { } element)
            {
                foreach (IConfigurationSection item in child.GetChildren())
                {
                    AddMalformedValue(item, element, failures);
                }
            }
            else
            {
                AddMalformedValue(child, property.PropertyType, failures);
            }
        }
    }

    private static void AddMalformedValue(IConfigurationSection value, Type type, List<string> failures)
    {
        if (IsNested(type))
        {
            AddMalformed(value, type, failures);
            return;
        }

        try
        {
            value.Get(type);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            failures.Add($"{value.Path}: '{value.Value}' is not {Form(Nullable.GetUnderlyingType(type) ?? type)}");
        }
    }

    /// <summary>Returns the public options of a section by name.</summary>
    public static Dictionary<string, PropertyInfo> Properties(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(static property => property.CanWrite || ElementType(property.PropertyType) is not null)
        .ToDictionary(static property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns whether a type is a section of its own.</summary>
    public static bool IsNested(Type type) =>
        type.IsClass && type.Namespace?.StartsWith(nameof(TopicGrpc) + ".", StringComparison.Ordinal) == true;

    private static Type? ElementType(Type type) =>
        type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments().LastOrDefault() : null;

    private static string Form(Type type)
    {
        if (type.IsEnum)
        {
            return "one of " + string.Join(", ", Enum.GetNames(type));
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "true or false",
            TypeCode.Int32 or TypeCode.Int64 =>
                string.Create(CultureInfo.InvariantCulture, $"a whole number of {(type == typeof(int) ? 32 : 64)} bits"),
            TypeCode.Double or TypeCode.Single => "a number",
            _ => type == typeof(TimeSpan) ? "a time of the form hh:mm:ss" : "a " + type.Name,
        };
    }
}
