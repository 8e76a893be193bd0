{{- define "topicgrpc.name" -}}
{{- printf "%s" .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "topicgrpc.selector" -}}
app.kubernetes.io/name: topicgrpc
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "topicgrpc.labels" -}}
{{ include "topicgrpc.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "topicgrpc.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "topicgrpc.probe" -}}
httpGet:
  {{- if .root.Values.tlsSecret }}
  port: grpc
  scheme: HTTPS
  {{- else }}
  port: http
  {{- end }}
  path: {{ .path }}
{{- end -}}
