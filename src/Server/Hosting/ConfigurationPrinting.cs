using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TopicGrpc.Server.Hosting;

/// <summary>Prints the effective options as JSON, in the form of <c>appsettings.json</c>. Secrets are replaced.</summary>
internal static class ConfigurationPrinting
{
    /// <summary>Argument that prints the options and ends the process.</summary>
    public const string Key = "print-config";

    /// <summary>Text in the place of a secret.</summary>
    public const string Hidden = "***";

    private static readonly string[] SecretNames = ["Password", "Secret", "Token", "ApiKey", "Headers", "ConnectionString"];

    private static readonly JsonWriterOptions Form = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Returns whether the arguments ask for the options; the argument is removed because the command line takes only pairs.
    /// </summary>
    public static bool TakeFrom(ref string[] arguments)
    {
        string[] others = [.. arguments.Where(static argument => argument != "--" + Key)];
        bool isGiven = others.Length < arguments.Length;
        arguments = others;
        return isGiven;
    }

    /// <summary>Returns the options as JSON.</summary>
    public static string Of(IServiceProvider services)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Form))
        {
            json.WriteStartObject();
            foreach (OptionsSection section in services.GetServices<OptionsSection>())
            {
                json.WritePropertyName(section.Name);
                Write(json, section.Read(services));
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    /// <summary>Returns whether an option is a secret by its name. The path of a file with a secret is none.</summary>
    public static bool IsSecret(string name) => SecretNames.Any(secret => name.EndsWith(secret, StringComparison.OrdinalIgnoreCase));

    private static void Write(Utf8JsonWriter json, object options)
    {
        json.WriteStartObject();
        foreach (PropertyInfo property in ConfigurationCheck.Properties(options.GetType()).Values)
        {
            json.WritePropertyName(property.Name);
            object? value = property.GetValue(options);
            if (value is not null && IsSecret(property.Name))
            {
                json.WriteStringValue(Hidden);
            }
            else
            {
                WriteValue(json, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case string or TimeSpan or Enum:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case System.Collections.IEnumerable items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                Write(json, value);
                break;
        }
    }
}
